"""What turns an answer into records: parsing, evidence, dating, numbers, names, speakers, merging."""
