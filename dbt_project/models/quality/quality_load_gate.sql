-- Every load that was judged, the refused ones too: here a refusal shows, and nowhere else.
with load_sequence as (

    select
        load_name,
        min(load_sequence) as load_sequence
    from {{ ref('stg_delivery') }}
    group by load_name

)

select
    load_gate.load_name,
    load_sequence.load_sequence,
    load_gate.passed,
    load_gate.refusal_reason as reason,
    load_gate.documents,
    load_gate.reports,
    load_gate.held,
    load_gate.held_share,
    load_gate.staged_fingerprint,
    load_gate.results_json
from {{ ref('stg_load_gate') }} as load_gate
left join load_sequence on load_gate.load_name = load_sequence.load_name
