namespace TokenLedger.Ingestion.Billing;

/// <summary>One page of Anthropic's <c>cost_report</c>, with what its address says.</summary>
internal sealed record CostPage(JsonAnswer Answer, CostReportAddress Address);
