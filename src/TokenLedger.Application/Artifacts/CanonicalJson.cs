using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TokenLedger.Application.Artifacts;

/// <summary>The artifact in the form that <see cref="ContentDigest"/> hashes, written as it is made.</summary>
internal static class CanonicalJson
{
    public static JsonTypeInfo<ReconciliationDocument> ReconciliationDocument { get; } = Create();

    private static JsonTypeInfo<ReconciliationDocument> Create()
    {
        var options = new JsonSerializerOptions(ArtifactJson.Default.Options)
        {
            TypeInfoResolver = ArtifactJson.Default.WithAddedModifier(Order),
            WriteIndented = false,
        };
        return (JsonTypeInfo<ReconciliationDocument>)options.GetTypeInfo(typeof(ReconciliationDocument));
    }

    private static void Order(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        var properties = type.Properties
            .Where(property => type.Type != typeof(ReconciliationDocument)
                || !ContentDigest.LeftOut.Contains(property.Name, StringComparer.Ordinal))
            .OrderBy(property => property.Name, StringComparer.Ordinal)
            .ToList();
        type.Properties.Clear();
        foreach (var property in properties)
            type.Properties.Add(property);
    }
}
