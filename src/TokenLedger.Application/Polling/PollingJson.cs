using System.Text.Json.Serialization;

namespace TokenLedger.Application.Polling;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RefusalMark))]
internal sealed partial class PollingJson : JsonSerializerContext;
