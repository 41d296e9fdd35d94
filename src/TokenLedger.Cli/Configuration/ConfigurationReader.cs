using System.Text.Json;
using Microsoft.Extensions.Configuration;
using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Usage;

namespace TokenLedger.Cli.Configuration;

/// <summary>
/// Reads configuration from a file and environment variables, and reports everything wrong with it at once.
/// </summary>
internal static class ConfigurationReader
{
    private const string Root = "TokenLedger";
    private const string EnvironmentPrefix = "TokenLedger__";
    private const string UnresolvedSecret = "@Microsoft.KeyVault(";

    private static readonly string[] BucketKeys =
        ["Workspace", "Project", "ApiKey", "User", "CostCenter", "Repository"];

    /// <summary>The configuration.</summary>
    /// <param name="path">The file of <c>--config</c>; null for none.</param>
    /// <param name="variables">
    /// Environment variables; those that begin with <c>TokenLedger__</c> win over the file.
    /// </param>
    public static LedgerConfiguration Read(string? path, IReadOnlyDictionary<string, string> variables)
    {
        var problems = new List<string>();
        var root = Load(path, variables).GetSection(Root);
        foreach (var pair in root.AsEnumerable().Where(pair => pair.Value is not null))
        {
            if (pair.Key.Length <= Root.Length + 1)
                problems.Add($"{Root} must be an object with keys");
            else if (!ConfigurationKeys.IsKnown(pair.Key[(Root.Length + 1)..]))
                problems.Add($"{pair.Key} is no known key");
            if (pair.Value!.StartsWith(UnresolvedSecret, StringComparison.Ordinal))
                problems.Add($"{pair.Key} is an unresolved Key Vault reference");
        }

        if (root["Storage:Kind"] is { } kind && !string.Equals(kind, "sqlite", StringComparison.OrdinalIgnoreCase))
            problems.Add("TokenLedger:Storage:Kind must be sqlite");
        var configuration = new LedgerConfiguration
        {
            LedgerPath = root["Storage:Sqlite:Path"],
            WorkflowsInclude = Values(root.GetSection("Workflows:Include")),
            Sources = [.. root.GetSection("Sources").GetChildren().Select(section => ReadSource(section, problems))],
        };
        return problems.Count == 0
            ? configuration
            : throw CommandFailedException.WrongUsage(
                $"configuration: {string.Join("; ", problems)}. Correct it and try again.");
    }

    private static IConfigurationRoot Load(string? path, IReadOnlyDictionary<string, string> variables)
    {
        var builder = new ConfigurationBuilder();
        using var stream = path is null ? null : InputPaths.OpenRead(path);
        if (stream is not null)
            builder.AddJsonStream(stream);
        builder.AddInMemoryCollection(variables
            .Where(pair => pair.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase))
            .Select(
                pair =>
                    KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value)));
        try
        {
            return builder.Build();
        }
        catch (Exception failure) when (failure is JsonException or FormatException or InvalidDataException)
        {
            throw CommandFailedException.WrongUsage(
                $"{path} is no JSON configuration: {failure.Message.TrimEnd('.')}.");
        }
    }

    private static SourceConfiguration ReadSource(IConfigurationSection section, List<string> problems)
    {
        var name = section["Name"] ?? section["Organization"] ?? section["Enterprise"];
        if (string.IsNullOrWhiteSpace(name))
            problems.Add($"{section.Path} needs a Name, an Organization or an Enterprise");
        var kind = section["Kind"]?.Trim().ToLowerInvariant();
        if (string.IsNullOrEmpty(kind))
            problems.Add($"{section.Path}:Kind must be github, anthropic, openai or the provider's name");
        foreach (var repository in Values(section.GetSection("Pays:Repositories"))
            .Where(value => value.Count(letter => letter == '/') != 1))
            problems.Add($"{section.Path}:Pays:Repositories: '{repository}' is not owner/name");
        foreach (var payer in Values(section.GetSection("Pays:Payers")).Where(value => Payer.Parse(value) is null))
            problems.Add($"{section.Path}:Pays:Payers: '{payer}' is not organization, user:LOGIN, key or unknown");
        var buckets = section.GetSection("Buckets").GetChildren().Select(bucket => ReadBucket(bucket, problems))
            .ToList();
        return new SourceConfiguration
        {
            Name = name ?? "",
            Kind = kind ?? "",
            Organization = section["Organization"],
            Enterprise = section["Enterprise"],
            CostCenter = section["CostCenter"],
            PaysOrganizations = Values(section.GetSection("Pays:Organizations")),
            PaysRepositories = Values(section.GetSection("Pays:Repositories")),
            PaysPayers = Values(section.GetSection("Pays:Payers")),
            Buckets = [.. buckets.Select(bucket => bucket.Scope)],
            ExclusiveBuckets = [.. buckets.Where(bucket => bucket.IsExclusive).Select(bucket => bucket.Scope)],
        };
    }

    private static BucketConfiguration ReadBucket(IConfigurationSection section, List<string> problems)
    {
        var isExclusive = false;
        if (section["Exclusive"] is { } text && !bool.TryParse(text, out isExclusive))
            problems.Add($"{section.Path}:Exclusive must be true or false");
        var match = section.GetSection("Match");
        if (BucketKeys.All(key => match[key] is null) && !isExclusive)
            problems.Add($"{section.Path} matches nothing and declares nothing: give it a Match or Exclusive");
        return new BucketConfiguration(
            new()
            {
                Workspace = match["Workspace"],
                Project = match["Project"],
                ApiKey = match["ApiKey"],
                User = match["User"],
                CostCenter = match["CostCenter"],
                Repository = match["Repository"],
            },
            isExclusive);
    }

    private static IReadOnlyList<string> Values(IConfigurationSection section) =>
        [.. section.GetChildren().Select(child => child.Value).OfType<string>()];
}
