using System.Text.Json;
using Microsoft.Extensions.Configuration;
using TokenLedger.Application.Collecting;
using TokenLedger.Application.Configuration;
using TokenLedger.Ingestion;

namespace TokenLedger.Hosting.Configuration;

/// <summary>
/// Reads configuration from a file and environment variables, and reports everything wrong with it at once.
/// </summary>
public static class ConfigurationReader
{
    private const string Root = "TokenLedger";
    private const string EnvironmentPrefix = "TokenLedger__";
    private const string UnresolvedSecret = "@Microsoft.KeyVault(";

    /// <summary>The configuration.</summary>
    /// <param name="path">The file of <c>--config</c>; null for none.</param>
    /// <param name="variables">
    /// Environment variables; those that begin with <c>TokenLedger__</c> win over the file.
    /// </param>
    /// <exception cref="InvalidConfigurationException">The file or a value cannot be used.</exception>
    public static LedgerConfiguration Read(string? path, IReadOnlyDictionary<string, string> variables)
    {
        var reading = Read(Load(path, variables));
        return reading.Problems.Count == 0
            ? reading.Configuration
            : throw new InvalidConfigurationException(
                $"configuration: {string.Join("; ", reading.Problems)}. Correct it and try again.");
    }

    /// <summary>What can be read, beside everything that cannot: for whoever looks for the reason.</summary>
    /// <param name="path">The file of <c>--config</c>; null for none.</param>
    /// <param name="variables">Environment variables.</param>
    public static ConfigurationReading Inspect(string? path, IReadOnlyDictionary<string, string> variables)
    {
        try
        {
            return Read(Load(path, variables));
        }
        catch (InvalidConfigurationException failure)
        {
            var rest = Read(Load(null, variables));
            return rest with { Problems = [failure.Message.TrimEnd('.'), .. rest.Problems] };
        }
    }

    private static ConfigurationReading Read(IConfigurationRoot loaded)
    {
        var problems = new List<string>();
        var root = loaded.GetSection(Root);
        foreach (var pair in root.AsEnumerable().Where(pair => pair.Value is not null))
        {
            if (pair.Key.Length <= Root.Length + 1)
                problems.Add($"{Root} must be an object with keys");
            else if (!ConfigurationKeys.IsKnown(pair.Key[(Root.Length + 1)..]))
                problems.Add($"{pair.Key} is no known key");
            if (pair.Value!.StartsWith(UnresolvedSecret, StringComparison.Ordinal))
                problems.Add($"{pair.Key} is an unresolved Key Vault reference");
        }

        var (storage, azure) = StorageSection.Read(root.GetSection("Storage"), problems);
        var github = GitHubSection.Read(root.GetSection("GitHub"), problems);
        List<SourceConfiguration> sources =
        [
            .. root.GetSection("Sources").GetChildren()
                .Select(section => SourceSection.Read(section, github, problems)),
        ];
        var configuration = new LedgerConfiguration
        {
            LedgerPath = root["Storage:Sqlite:Path"],
            Storage = storage,
            Azure = azure,
            GitHub = github,
            ReconcilingDelay = SectionValues.Seconds(
                root.GetSection("Reconciling"), "DelaySeconds", maximum: 3_600, problems)
                ?? new LedgerConfiguration().ReconcilingDelay,
            CollectingRetries = CollectingRetries(root.GetSection("Collecting:RetrySeconds"), problems)
                ?? new LedgerConfiguration().CollectingRetries,
            CollectingSince = SectionValues.Day(root.GetSection("Collecting"), "Since", problems),
            ServeApiKey = SectionValues.Token(root.GetSection("Serve"), "ApiKey", problems),
            Attribution = AttributionSection.Read(root.GetSection("Attribution"), problems),
            StatementWeights = AttributionSection.ReadWeights(root.GetSection("Attribution"), problems),
            Alerts = AlertsSection.Read(root.GetSection("Alerts"), github, problems),
            FindingActions =
            [
                .. root.GetSection("Findings:Actions").GetChildren()
                    .Select(section => FindingActionSection.Read(section, problems))
                    .OfType<FindingActionRule>(),
            ],
            WorkflowsInclude = SectionValues.Texts(root.GetSection("Workflows:Include")),
            Sources = sources,
            Budgets = BudgetSection.ReadAll(root, sources, problems),
        };
        return new ConfigurationReading(configuration, problems);
    }

    // Null when nothing is configured.
    private static List<TimeSpan>? CollectingRetries(IConfigurationSection section, List<string> problems)
    {
        var keys = section.GetChildren().Select(child => child.Key).ToList();
        if (keys.Count > CollectionRetries.TriesMax)
            problems.Add(FormattableString.Invariant(
                $"{section.Path} are over {CollectionRetries.TriesMax}: leave some out"));
        return keys.Count == 0
            ? null
            : [.. keys
                .Select(key => SectionValues.Seconds(section, key, maximum: 86_400, problems))
                .OfType<TimeSpan>()];
    }

    private static IConfigurationRoot Load(string? path, IReadOnlyDictionary<string, string> variables)
    {
        var builder = new ConfigurationBuilder();
        using var stream = path is null ? null : OpenRead(path);
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
            throw new InvalidConfigurationException(
                $"{path} is no JSON configuration: {failure.Message.TrimEnd('.')}.");
        }
    }

    private static FileStream OpenRead(string path)
    {
        try
        {
            if (File.Exists(path) && !RegularFile.Is(path))
                throw new InvalidConfigurationException($"{path} is a pipe or device: name a file.");
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidConfigurationException($"{path} cannot be read: check the path and its permissions.");
        }
    }
}
