namespace TokenLedger.Testing.FunctionsHost.Tap;

/// <summary>What a call of the storage does, read from its address.</summary>
internal static class TapOperation
{
    /// <param name="service">blob, queue or table.</param>
    /// <param name="method">Of HTTP.</param>
    /// <param name="path">After the account: <c>/container/blob</c>.</param>
    /// <param name="query">With its question mark, or empty.</param>
    public static string Of(string service, string method, string path, string query) =>
        $"{method} {KindOf(service, path, query)}";

    private static string KindOf(string service, string path, string query)
    {
        var component = query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith("comp=", StringComparison.Ordinal));
        var depth = path.Trim('/').Split('/').Length;
        return (service, component?["comp=".Length..]) switch
        {
            ("table", _) when path is "/$batch" => "batch",
            ("table", _) when path is "/Tables" => "tables",
            ("table", _) => path.EndsWith("()", StringComparison.Ordinal) ? "query" : "entity",
            (_, { } kind) => kind,
            ("queue", _) when path.EndsWith("/messages", StringComparison.Ordinal) => "messages",
            ("queue", _) => depth > 1 ? "message" : "queue",
            _ => depth > 1 ? "blob" : "container",
        };
    }
}
