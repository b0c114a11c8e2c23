select
    document_id,
    uri,
    media_type,
    encoding,
    byte_count,
    document_status as status,
    reject_reason as reason,
    reader_version,
    char_count,
    load_name
from {{ ref('int_document') }}
