using System.Text.Json.Nodes;

namespace TokenLedger.Testing.GitHub.Apps;

/// <summary>Permissions as JSON.</summary>
internal static class PermissionJson
{
    public static JsonObject Of(IReadOnlyDictionary<string, string> permissions) =>
        new(permissions.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value)));
}
