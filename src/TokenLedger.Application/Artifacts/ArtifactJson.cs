using System.Text.Json.Serialization;

namespace TokenLedger.Application.Artifacts;

/// <summary>The artifact's JSON. Names in camel case; doubled and missing properties are refused on reading.</summary>
[JsonSourceGenerationOptions(
    // Nothing that would write a document whole before any of it leaves.
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    IndentSize = 1,
    NewLine = "\n",
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    Converters = [typeof(ExactDecimalConverter), typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ReconciliationDocument))]
[JsonSerializable(typeof(RunDocument))]
internal sealed partial class ArtifactJson : JsonSerializerContext;
