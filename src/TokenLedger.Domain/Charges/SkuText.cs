namespace TokenLedger.Domain.Charges;

/// <summary>
/// The words of a billed row that tell what it is, as the bill spells them. Null where the view has no such column.
/// </summary>
/// <param name="Product">The product: <c>copilot</c>, <c>Actions</c>.</param>
/// <param name="Sku">The SKU: <c>copilot_ai_credit</c>, <c>Copilot AI Credits</c>, <c>actions_linux</c>.</param>
/// <param name="Unit">
/// The unit of the quantity: <c>ai-credits</c>, <c>credits</c>, <c>requests</c>, <c>minutes</c>.
/// </param>
/// <param name="Model">The model's label.</param>
/// <param name="WorkflowPath">The workflow file's path.</param>
public readonly record struct SkuText(string? Product, string? Sku, string? Unit, string? Model, string? WorkflowPath);
