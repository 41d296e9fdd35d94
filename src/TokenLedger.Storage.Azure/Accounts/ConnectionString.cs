namespace TokenLedger.Storage.Azure.Accounts;

/// <summary>The parts of a connection string: <c>Name=value;Name=value</c>, names in any case.</summary>
internal static class ConnectionString
{
    // Public and the same in every copy of the emulator; it protects nothing.
    public const string DevelopmentAccountName = "devstoreaccount1";

    public const string DevelopmentAccountKey =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // Longer than any with five endpoints and a key.
    private const int CharactersMax = 8192;

    private static readonly string[] Known =
    [
        "UseDevelopmentStorage", "DefaultEndpointsProtocol", "AccountName", "AccountKey",
        "BlobEndpoint", "QueueEndpoint", "TableEndpoint", "FileEndpoint", "EndpointSuffix",
    ];

    /// <summary>Problems name the part, never its value.</summary>
    public static Dictionary<string, string> Split(string text, List<string> problems)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (text.Length > CharactersMax)
        {
            problems.Add($"The connection string has more than {CharactersMax} characters.");
            return parts;
        }

        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            Take(part, parts, problems);
        return parts;
    }

    private static void Take(string part, Dictionary<string, string> parts, List<string> problems)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        var name = equals > 0 ? part[..equals].Trim() : "";
        if (string.Equals(name, "SharedAccessSignature", StringComparison.OrdinalIgnoreCase))
            problems.Add("A SharedAccessSignature is not supported: give an AccountKey, or only the account's name.");
        else if (!Known.Contains(name, StringComparer.OrdinalIgnoreCase))
            problems.Add("The connection string has a part whose name is not one of " + string.Join(", ", Known) + ".");
        else if (!parts.TryAdd(name, part[(equals + 1)..].Trim()))
            problems.Add($"The connection string has {name} twice.");
    }
}
