using System.Text.Json.Serialization;

namespace TokenLedger.Application.Budgets;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<StoredAccountDay>))]
[JsonSerializable(typeof(IReadOnlyList<StoredPoint>))]
internal sealed partial class BudgetJson : JsonSerializerContext;
