with source as (

    select * from {{ source('staged', 'report') }}

),

renamed as (

    select
        load as load_name,
        report_id,
        document_id,
        ordinal,
        organ_name,
        organ_basis,
        division_code,
        year,
        form,
        coverage,
        title,
        title_year,
        period_year,
        body_year,
        char_start,
        char_end
    from source

)

select * from renamed
