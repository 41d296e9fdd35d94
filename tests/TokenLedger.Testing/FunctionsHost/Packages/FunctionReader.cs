using System.Text.Json;

namespace TokenLedger.Testing.FunctionsHost.Packages;

/// <summary>function.json → function.</summary>
public static class FunctionReader
{
    /// <exception cref="InvalidPackageException">The host would refuse it, or not call it as the product needs.</exception>
    public static HostedFunction Read(string name, string json, HostSettings settings)
    {
        using var document = PackageJson.Parse(json, $"{name}/function.json");
        if (PackageJson.Property(document.RootElement, "bindings") is not { ValueKind: JsonValueKind.Array } bindings)
            throw new InvalidPackageException($"{name}: no bindings.");
        var all = bindings.EnumerateArray().ToList();
        var triggers = all.Where(IsTrigger).ToList();
        if (triggers.Count != 1)
            throw new InvalidPackageException($"{name}: exactly one trigger is needed, not {triggers.Count}.");
        var trigger = triggers[0];
        var binding = PackageJson.Text(trigger, "name") ?? throw new InvalidPackageException($"{name}: the trigger has no name.");
        return PackageJson.Text(trigger, "type") switch
        {
            "httpTrigger" => Http(name, binding, trigger, all, settings),
            "queueTrigger" => new QueueFunction(name, binding, Required(name, trigger, "queueName")),
            "timerTrigger" => new TimerFunction(
                name, binding, Schedule(name, Required(name, trigger, "schedule")),
                PackageJson.Property(trigger, "useMonitor") is not { ValueKind: JsonValueKind.False }),
            var other => throw new InvalidPackageException($"{name}: the trigger {other} is unknown here."),
        };
    }

    private static bool IsTrigger(JsonElement binding) =>
        PackageJson.Text(binding, "type")?.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase) == true;

    private static HttpFunction Http(
        string name, string binding, JsonElement trigger, List<JsonElement> all, HostSettings settings)
    {
        // Otherwise the host posts a JSON payload with the body re-encoded, and no signature over it holds.
        if (!settings.IsProxying || all.Count != 2 || !all.Any(IsHttpOutput))
            throw new InvalidPackageException(
                $"{name}: is proxied only with enableProxyingHttpRequest and one http output.");
        var route = PackageJson.Text(trigger, "route") ?? name;
        var prefix = settings.RoutePrefix.Length == 0 ? "" : settings.RoutePrefix + "/";
        var methods = PackageJson.Texts(trigger, "methods")?.Select(method => method.ToUpperInvariant()).ToList();
        return new(name, binding, new(prefix + route.Trim('/')), methods, NeedsKey(name, trigger));
    }

    private static bool IsHttpOutput(JsonElement binding) =>
        PackageJson.Text(binding, "type") is "http" && PackageJson.Text(binding, "direction") is "out";

    private static bool NeedsKey(string name, JsonElement trigger) =>
        PackageJson.Text(trigger, "authLevel")?.ToLowerInvariant() switch
        {
            "anonymous" => false,
            null or "function" => true,
            var other => throw new InvalidPackageException($"{name}: the level {other} is unknown here."),
        };

    private static string Required(string name, JsonElement trigger, string property) =>
        PackageJson.Text(trigger, property) ?? throw new InvalidPackageException($"{name}: {property} is missing.");

    private static string Schedule(string name, string schedule) =>
        schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is 5 or 6
            ? schedule
            : throw new InvalidPackageException($"{name}: the schedule has neither five nor six fields.");
}
