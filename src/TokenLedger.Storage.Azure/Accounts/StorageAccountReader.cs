using System.Text.RegularExpressions;
using TokenLedger.Storage.Azure.Requests;

namespace TokenLedger.Storage.Azure.Accounts;

/// <summary>Settings → account. Reports every problem at once and quotes no value, for it may be a key.</summary>
public static partial class StorageAccountReader
{
    private const string DefaultSuffix = "core.windows.net";

    public static StorageAccountReading Read(StorageAccountSettings settings)
    {
        var problems = new List<string>();
        var parts = string.IsNullOrWhiteSpace(settings.ConnectionString)
            ? Parts(settings)
            : ConnectionString.Split(settings.ConnectionString, problems);
        if (parts.TryGetValue("UseDevelopmentStorage", out var development))
            parts = Development(parts, development, problems);
        if (problems.Count > 0)
            return new(null, problems);

        var name = Name(parts, problems);
        var key = Key(name, parts, problems);
        var blob = Endpoint("Blob", 10000, name, parts, problems);
        var queue = Endpoint("Queue", 10001, name, parts, problems);
        var table = Endpoint("Table", 10002, name, parts, problems);
        return problems.Count > 0 ? new(null, problems) : new(new(name!, blob!, queue!, table!, key), problems);
    }

    private static Dictionary<string, string> Parts(StorageAccountSettings settings)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Add("AccountName", settings.AccountName);
        Add("BlobEndpoint", settings.BlobEndpoint);
        Add("QueueEndpoint", settings.QueueEndpoint);
        Add("TableEndpoint", settings.TableEndpoint);
        return parts;

        void Add(string name, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                parts[name] = value.Trim();
        }
    }

    private static Dictionary<string, string> Development(
        Dictionary<string, string> parts, string value, List<string> problems)
    {
        if (!string.Equals(value, "true", StringComparison.OrdinalIgnoreCase) || parts.Count > 1)
            problems.Add("UseDevelopmentStorage=true stands alone.");
        return new(StringComparer.OrdinalIgnoreCase)
        {
            ["AccountName"] = ConnectionString.DevelopmentAccountName,
            ["AccountKey"] = ConnectionString.DevelopmentAccountKey,
            ["UseDevelopmentStorage"] = "true",
        };
    }

    private static string? Name(Dictionary<string, string> parts, List<string> problems)
    {
        var name = parts.GetValueOrDefault("AccountName") ?? NameFromEndpoint(parts);
        if (name is null)
            problems.Add("The account is not named: give AccountName, or all three endpoints.");
        else if (!AccountName().IsMatch(name))
            problems.Add("AccountName is not 3 to 24 lower-case letters and digits.");
        else
            return name;
        return null;
    }

    private static string? NameFromEndpoint(Dictionary<string, string> parts) =>
        Uri.TryCreate(parts.GetValueOrDefault("BlobEndpoint"), UriKind.Absolute, out var endpoint)
            && endpoint.HostNameType == UriHostNameType.Dns
            ? endpoint.Host.Split('.')[0]
            : null;

    private static SharedKey? Key(string? name, Dictionary<string, string> parts, List<string> problems)
    {
        if (!parts.TryGetValue("AccountKey", out var text) || name is null)
            return null;
        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var length) && length > 0)
            return new(name, bytes.AsSpan(0, length));
        problems.Add("AccountKey is not Base64.");
        return null;
    }

    private static Uri? Endpoint(
        string service, int developmentPort, string? account, Dictionary<string, string> parts, List<string> problems)
    {
        if (!parts.TryGetValue(service + "Endpoint", out var text))
        {
            if (account is null)
                return null;
            var protocol = parts.GetValueOrDefault("DefaultEndpointsProtocol") ?? "https";
            var suffix = parts.GetValueOrDefault("EndpointSuffix") ?? DefaultSuffix;
            text = parts.ContainsKey("UseDevelopmentStorage")
                ? $"http://127.0.0.1:{HeaderNumbers.Text(developmentPort)}/{account}"
                : $"{protocol}://{account}.{service.ToLowerInvariant()}.{suffix}";
        }

        if (Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var endpoint)
            && endpoint.Scheme is "https" or "http"
            && endpoint is { Query.Length: 0, Fragment.Length: 0, UserInfo.Length: 0 })
            return endpoint;
        // Not quoted: an endpoint with a query is usually one with a shared access signature.
        problems.Add($"The {service.ToLowerInvariant()} endpoint is no http or https address without query.");
        return null;
    }

    [GeneratedRegex("^[a-z0-9]{3,24}$", RegexOptions.None, 1000)]
    private static partial Regex AccountName();
}
