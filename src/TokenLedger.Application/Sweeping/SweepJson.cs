using System.Text.Json.Serialization;

namespace TokenLedger.Application.Sweeping;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SweepMark))]
internal sealed partial class SweepJson : JsonSerializerContext;
