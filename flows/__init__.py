"""Musnad's pipeline: files of Arabic news in, a warehouse of provable rows out.

It reads left to right, with frozen values (:mod:`flows.values`) between the stages:

* :mod:`flows.extract`    finds inputs and reads them into records; what cannot be read becomes a reject.
* :mod:`flows.transform`  turns the text of one record into articles, sources, mentions, dates and quotes; pure.
* :mod:`flows.load`       writes a batch of transformed records in one transaction and accounts for each of them.
* :mod:`flows.ingest`     is the Prefect flow that joins the three; :mod:`flows.schedule` says when it runs.
* :mod:`flows.warehouse`  is the embedded Postgres; :mod:`flows.cli` the ``musnad`` command.
"""

from flows import native

native.use()
