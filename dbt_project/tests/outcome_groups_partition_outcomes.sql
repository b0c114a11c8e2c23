-- Each outcome is in exactly one group, each group is an outcome in its own group, and a part rolls up into its group.
select
    member.outcome,
    member.outcome_group
from {{ ref('outcome') }} as member
left join {{ ref('outcome') }} as grouped on member.outcome_group = grouped.outcome
where
    grouped.outcome is null
    or grouped.outcome_group != grouped.outcome
    or (member.outcome_group != member.outcome and member.rolls_up_to is distinct from member.outcome_group)
    or (member.outcome_group = member.outcome and member.outcome != 'total' and member.rolls_up_to is distinct from 'total')
