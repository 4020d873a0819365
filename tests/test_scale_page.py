"""docs/scale.md: its compose file and its Kubernetes objects hold together, and hold no secret."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.settings import Settings

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "scale.md").read_text(encoding="utf-8")
COMPOSE, KUBERNETES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
OBJECTS: list[dict[str, Any]] = list(yaml.safe_load_all(KUBERNETES))


def test_the_compose_file_is_valid(tmp_path: Path) -> None:
    file = tmp_path / "cluster.yml"
    file.write_text(COMPOSE, encoding="utf-8")
    command = [
        str(Path(sys.executable).with_name("check-jsonschema")),
        "--builtin-schema",
        "vendor.compose-spec",
        str(file),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("each", OBJECTS, ids=lambda each: f"{each['kind']} {each['metadata']['name']}")
def test_every_object_names_what_is_there(each: dict[str, Any]) -> None:
    assert set(each) == {"apiVersion", "kind", "metadata", "spec"}
    labels = [other["spec"]["template"]["metadata"]["labels"] for other in OBJECTS if "template" in other["spec"]]
    if each["kind"] == "Service":
        assert each["spec"]["selector"] in labels
    if each["kind"] == "Deployment":
        assert each["spec"]["selector"]["matchLabels"] == each["spec"]["template"]["metadata"]["labels"]
    if "template" in each["spec"]:
        pod = each["spec"]["template"]["spec"]
        mounted = {mount["name"] for box in pod["containers"] for mount in box.get("volumeMounts", ())}
        assert mounted == {volume["name"] for volume in pod.get("volumes", ())}


def test_hosts_and_settings_are_those_of_services_and_of_musnad() -> None:
    services = {each["metadata"]["name"] for each in OBJECTS if each["kind"] == "Service"}
    assert set(re.findall(r"(?:tcp|http)://([a-z-]+):\d", KUBERNETES)) == services
    names = {name.removeprefix("MUSNAD_").lower() for name in re.findall(r"MUSNAD_[A-Z_]+", PAGE)}
    assert names <= set(Settings.model_fields)
    assert not re.search(r"postgresql://\w+:\w", COMPOSE + KUBERNETES)
