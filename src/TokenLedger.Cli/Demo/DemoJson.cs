using System.Text.Json.Serialization;

namespace TokenLedger.Cli.Demo;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoManifest))]
internal sealed partial class DemoJson : JsonSerializerContext;
