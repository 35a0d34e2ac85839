"""What a fault of a question file says to a person, in Vietnamese and English."""

SENTENCES: dict[str, tuple[str, str]] = {
    "no_key": (
        "Chưa có đáp án. Hãy chọn phương án đúng.",
        "No key was found. Choose the right answer.",
    ),
    "key_beyond_choices": (
        "Đáp án “{key}” không có trong các phương án. Hãy chọn lại phương án đúng.",
        "The key “{key}” is not among the choices. Choose the right answer.",
    ),
    "key_unread": (
        "Không hiểu đáp án ghi là “{key}”. Hãy chọn phương án đúng.",
        "The key “{key}” could not be understood. Choose the right answer.",
    ),
    "key_ambiguous": (
        "Bảng đáp án ghi “{key}” cho câu {number}, nhưng nhiều câu cùng số này. Hãy chọn phương án đúng.",
        "The key table says “{key}” for number {number}, but several questions have that number. "
        "Choose the right answer.",
    ),
    "several_keys": (
        "Có nhiều đáp án được đánh dấu ({keys}) cho một câu chỉ chọn một. "
        "Hãy giữ một phương án đúng hoặc đổi thành câu chọn nhiều.",
        "Several answers are marked ({keys}) in a single-choice question. "
        "Keep one, or make it a multiple-choice question.",
    ),
    "keys_conflict": (
        "Hai nơi trong tệp ghi đáp án khác nhau: {first} và {second}. Hãy chọn phương án đúng.",
        "The file gives two different keys: {first} and {second}. Choose the right answer.",
    ),
    "all_emphasised": (
        "Phương án nào cũng được đánh dấu như nhau nên không biết đáp án. Hãy chọn phương án đúng.",
        "Every choice is emphasised alike, so the key is unknown. Choose the right answer.",
    ),
    "partly_emphasised": (
        "Phương án {label} chỉ được đánh dấu một phần (“{part}”) nên chưa chắc là đáp án. "
        "Hãy chọn phương án đúng.",
        "Only a part of choice {label} is emphasised (“{part}”), so it may not be the key. "
        "Choose the right answer.",
    ),
    "no_choices": (
        "Không thấy phương án nào. Hãy thêm các phương án A, B, C, D.",
        "No choices were found. Add choices A, B, C, D.",
    ),
    "one_choice": (
        "Chỉ có một phương án. Hãy thêm phương án khác.",
        "There is only one choice. Add another.",
    ),
    "equal_choices": (
        "Phương án {first} và {second} giống nhau. Hãy sửa một trong hai.",
        "Choices {first} and {second} are the same. Change one of them.",
    ),
    "empty_choice": (
        "Phương án {label} chưa có nội dung. Hãy điền nội dung hoặc bỏ phương án này.",
        "Choice {label} is empty. Fill it in or remove it.",
    ),
    "label_order": (
        "Chữ cái của các phương án không liền nhau ({labels}). Hãy kiểm tra có thiếu hay lẫn phương án.",
        "The letters of the choices are out of order ({labels}). Check for a missing or misplaced choice.",
    ),
    "numbering_gap": (
        "Số câu nhảy từ {before} đến {after}. Hãy kiểm tra có câu nào bị thiếu không.",
        "Numbers jump from {before} to {after}. Check whether a question is missing.",
    ),
    "numbering_repeat": (
        "Số câu {number} lặp lại. Hãy kiểm tra hai câu cùng số.",
        "Number {number} is used twice. Check both questions.",
    ),
    "unlabelled_line": (
        "Dòng “{line}” không có chữ cái đứng đầu: đây là phần tiếp của dòng trên hay một phương án riêng? "
        "Hãy kiểm tra.",
        "The line “{line}” has no letter before it: does it continue the line above or is it a choice? "
        "Check it.",
    ),
    "swallowed_label": (
        "Phương án {label} có thể đang chứa cả phương án khác (“{part}”). Hãy tách thành hai phương án.",
        "Choice {label} may contain another choice (“{part}”). Split it in two.",
    ),
    "swallowed_question": (
        "Nội dung có thể đang chứa cả câu khác (“{part}”). Hãy tách thành hai câu.",
        "The text may contain another question (“{part}”). Split it in two.",
    ),
    "key_without_question": (
        "Bảng đáp án có câu {number} nhưng không thấy câu này trong tệp. Hãy kiểm tra.",
        "The key table has number {number}, but the file has no such question. Check it.",
    ),
    "key_lines_unread": (
        "Phần đáp án còn nội dung chưa đọc được: “{part}”. Hãy kiểm tra có đáp án nào bị bỏ sót không.",
        "Some lines among the keys could not be read: “{part}”. Check that no key is missing.",
    ),
    "mojibake": (
        "Chữ bị lỗi phông (“{part}”). Hãy gõ lại, hoặc lưu tệp bằng Unicode rồi tải lên lại.",
        "The text is garbled (“{part}”). Type it again, or save the file as Unicode and upload it again.",
    ),
    "abolished_unit": (
        "Câu nhắc đến “{word}”, cấp không còn từ 01/7/2025. Hãy kiểm tra câu còn đúng không.",
        "The question mentions “{word}”, which no longer exists since 1 July 2025. "
        "Check that it is still true.",
    ),
    "repealed_source": (
        "{source} đã được thay thế. Hãy kiểm tra câu còn đúng không.",
        "{source} has been replaced. Check that the question is still true.",
    ),
    "near_duplicate": (
        "Câu này gần giống câu {other}. Hãy so sánh và giữ một câu nếu trùng.",
        "This question is nearly the same as {other}. Compare them, and keep one if they are the same.",
    ),
    "empty_text": (
        "Câu hỏi chưa có nội dung. Hãy điền nội dung câu hỏi.",
        "The question has no text. Fill it in.",
    ),
    "unsupported_kind": (
        "Dạng câu “{name}” chưa hỗ trợ. Hãy chuyển câu này sang dạng khác.",
        "Questions of the kind “{name}” are not supported. Turn it into another kind.",
    ),
    "bad_number": (
        "Không hiểu số “{value}”. Hãy ghi lại bằng chữ số, ví dụ 3,14.",
        "The number “{value}” could not be understood. Write it in digits, for example 3.14.",
    ),
    "date_cell": (
        "Ô “{value}” đang là ngày tháng; có thể bảng tính đã tự đổi từ số hoặc phân số. "
        "Hãy kiểm tra và gõ lại dạng chữ.",
        "The cell “{value}” is a date; the spreadsheet may have changed it from a number or a fraction. "
        "Check it and type it as text.",
    ),
    "formula_error": (
        "Ô chứa công thức bị lỗi (“{value}”). Hãy gõ lại nội dung.",
        "The cell holds a broken formula (“{value}”). Type its content again.",
    ),
    "hidden_text": (
        "Tệp có nội dung ẩn, đã bỏ qua: “{part}”. Hãy kiểm tra.",
        "The file has hidden content, which was left out: “{part}”. Check it.",
    ),
    "lost_object": (
        "Câu có {object} mà hệ thống không đọc được. Hãy gõ lại phần đó bằng chữ.",
        "The question has {object} that cannot be read. Type that part as text.",
    ),
    "tracked_changes": (
        "Tệp còn vết sửa (Track Changes); hệ thống đọc như đã chấp nhận mọi sửa đổi. Hãy kiểm tra.",
        "The file has tracked changes; it was read as if all of them were accepted. Check it.",
    ),
    "nothing_found": (
        "Không thấy câu hỏi nào. Hãy ghi mỗi câu theo mẫu “Câu 1: …”, “A. …”, “B. …”, “Đáp án: A”.",
        "No questions were found. Write each as “Câu 1: …”, “A. …”, “B. …”, “Đáp án: A”.",
    ),
    "too_long": (
        "Nội dung dài {length} ký tự, quá {limit}. Hãy rút gọn.",
        "The text has {length} characters, more than {limit}. Shorten it.",
    ),
    "weights_unclear": (
        "Điểm của các phương án ({weights}) không cho biết rõ phương án nào đúng. Hãy chọn phương án đúng.",
        "The weights of the choices ({weights}) do not say which is right. Choose the right answer.",
    ),
    "unescaped_sign": (
        "Dấu “{sign}” trong “{part}” có thể thuộc câu chữ, cũng có thể đánh dấu phương án đúng. "
        "Hãy chọn phương án đúng.",
        "The sign “{sign}” in “{part}” may be text or may mark a right answer. Choose the right answer.",
    ),
    "own_marking": (
        "Câu có cách chấm riêng ({rule}) mà hệ thống không hiểu hết. Hãy chọn phương án đúng.",
        "The question has marking rules of its own ({rule}) that cannot be followed. Choose the right answer.",
    ),
    "broken_markup": (
        "Không đọc được đoạn “{part}”. Hãy kiểm tra và ghi lại.",
        "The part “{part}” could not be read. Check it and write it again.",
    ),
    "setting_lost": (
        "Tệp có thiết lập “{setting}” mà hệ thống không giữ được. Hãy kiểm tra câu có còn đúng ý không.",
        "The file has the setting “{setting}”, which is not kept. Check that the question still means the same.",
    ),
    "file_note": ("{note}", "{note}"),
}
