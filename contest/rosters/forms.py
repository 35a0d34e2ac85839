"""The forms of staff lists."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField

from contest.web.forms import Form, TextLine, filled


class UploadForm(Form):
    """A list and whose it is."""

    unit = TextLine(
        _l("Danh sách của đơn vị"),
        filled(250),
        description=_l("Gõ tên hoặc mã, có dấu hay không đều được. Danh sách gồm cả các đơn vị bên dưới."),
        render_kw={"data-unit-search": "", "autocomplete": "off"},
    )
    file = FileField(
        _l("Tệp danh sách cán bộ"),
        [FileRequired(_l("Hãy chọn một tệp."))],
        description=_l("Tệp Excel (.xlsx, .xls), .ods hoặc .csv, tối đa 60.000 dòng."),
        render_kw={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"},
    )


class ConfirmForm(Form):
    """What becomes of those the file no longer names."""

    drop_missing = BooleanField(_l("Bỏ khỏi danh sách những người không còn trong tệp"))
