namespace TokenLedger.Ingestion.Billing;

/// <summary>One page of a cost report, with what its address says.</summary>
internal sealed record CostPage(JsonAnswer Answer, CostReportAddress Address);
