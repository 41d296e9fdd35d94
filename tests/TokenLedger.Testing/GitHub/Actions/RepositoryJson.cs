using System.Text.Json.Nodes;

namespace TokenLedger.Testing.GitHub.Actions;

/// <summary>A repository as JSON.</summary>
internal static class RepositoryJson
{
    public static JsonObject Of(FakeRepository repository) => new()
    {
        ["id"] = repository.Id,
        ["name"] = repository.Name,
        ["full_name"] = repository.FullName,
        ["private"] = repository.IsPrivate,
        ["owner"] = repository.Owner.Json(),
        ["html_url"] = $"https://github.com/{repository.FullName}",
        ["fork"] = false,
        ["archived"] = false,
        ["disabled"] = false,
        ["visibility"] = repository.IsPrivate ? "private" : "public",
    };
}
