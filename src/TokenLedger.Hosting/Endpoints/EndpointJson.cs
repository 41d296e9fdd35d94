using System.Text.Json.Serialization;

namespace TokenLedger.Hosting.Endpoints;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(WebhookAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class EndpointJson : JsonSerializerContext;
