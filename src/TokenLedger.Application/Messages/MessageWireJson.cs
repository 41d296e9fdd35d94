using System.Text.Json.Serialization;

namespace TokenLedger.Application.Messages;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MessageWire))]
internal sealed partial class MessageWireJson : JsonSerializerContext;
