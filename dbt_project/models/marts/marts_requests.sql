{{ subject_mart('requests') }}
