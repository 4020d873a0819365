"""What the warehouse says when it cannot do its work."""


class WarehouseError(RuntimeError):
    """The warehouse cannot be started, reached or changed: one sentence that names the place and the mend."""
