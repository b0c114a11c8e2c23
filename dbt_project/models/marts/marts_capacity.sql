{{ subject_mart('capacity') }}
