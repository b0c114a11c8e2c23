{{ subject_mart('disclosure') }}
