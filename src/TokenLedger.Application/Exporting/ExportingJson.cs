using System.Text.Json.Serialization;

namespace TokenLedger.Application.Exporting;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExportMark))]
internal sealed partial class ExportingJson : JsonSerializerContext;
