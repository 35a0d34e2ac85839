"""The words of people's entries."""

# What stands in place of a name whose owner had it erased; kept in the database, so the same for all readers.
ERASED = "(đã xóa)"
# What stands there until somebody who answered first says who they are.
UNNAMED = "(chưa khai tên)"
