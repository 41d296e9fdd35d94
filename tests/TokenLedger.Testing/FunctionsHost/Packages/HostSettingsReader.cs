using System.Globalization;
using System.Text.Json;

namespace TokenLedger.Testing.FunctionsHost.Packages;

/// <summary>host.json → settings.</summary>
public static class HostSettingsReader
{
    private static readonly HostSettings Defaults = new() { ExecutablePath = "" };

    /// <exception cref="InvalidPackageException">The host would refuse it.</exception>
    public static HostSettings Read(string json)
    {
        using var document = PackageJson.Parse(json, "host.json");
        var root = document.RootElement;
        if (Text(root, "version") is not "2.0")
            throw new InvalidPackageException("host.json: version is not 2.0.");
        var queues = Part(root, "extensions", "queues");
        return new HostSettings
        {
            ExecutablePath = Text(Part(root, "customHandler", "description"), "defaultExecutablePath")
                ?? throw new InvalidPackageException("host.json: customHandler.description.defaultExecutablePath is missing."),
            Arguments = PackageJson.Texts(Part(root, "customHandler", "description"), "arguments") ?? [],
            RoutePrefix = (Text(Part(root, "extensions", "http"), "routePrefix") ?? Defaults.RoutePrefix).Trim('/'),
            IsProxying = Property(Part(root, "customHandler"), "enableProxyingHttpRequest")
                is { ValueKind: JsonValueKind.True },
            InitializationTimeout =
                Span(Part(root, "customHandler"), "initializationTimeout") ?? Defaults.InitializationTimeout,
            FunctionTimeout = Span(root, "functionTimeout") ?? Defaults.FunctionTimeout,
            MessageEncoding = Text(queues, "messageEncoding")?.ToLowerInvariant() switch
            {
                null or "base64" => MessageEncoding.Base64,
                "none" => MessageEncoding.None,
                var other => throw new InvalidPackageException($"host.json: messageEncoding {other} is unknown."),
            },
            BatchSize = Number(queues, "batchSize", 1, 32) ?? Defaults.BatchSize,
            DequeueCountMax = Number(queues, "maxDequeueCount", 1, int.MaxValue) ?? Defaults.DequeueCountMax,
            VisibilityTimeout = Span(queues, "visibilityTimeout") ?? Defaults.VisibilityTimeout,
        };
    }

    private static JsonElement? Part(JsonElement root, params ReadOnlySpan<string> path)
    {
        JsonElement? part = root;
        foreach (var name in path)
            part = Property(part, name);
        return part;
    }

    private static JsonElement? Property(JsonElement? element, string name) => PackageJson.Property(element, name);

    private static string? Text(JsonElement? element, string name) => PackageJson.Text(element, name);

    private static TimeSpan? Span(JsonElement? element, string name) => Text(element, name) switch
    {
        null => null,
        var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero => span,
        _ => throw new InvalidPackageException($"host.json: {name} is no time span."),
    };

    private static int? Number(JsonElement? element, string name, int least, int most) => Property(element, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number)
            && number >= least && number <= most => number,
        _ => throw new InvalidPackageException($"host.json: {name} is no number of {least} to {most}."),
    };
}
