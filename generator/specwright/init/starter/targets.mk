# specwright: begin
.PHONY: {generate} {check}
{generate}: ## write generated/ from the documents in spec/
	specwright generate
{check}: ## is generated/ exactly what the documents give?
	specwright check
# specwright: end
