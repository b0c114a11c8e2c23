{{ config(materialized='view') }}

{{ subject_mart('requests') }}
