namespace TokenLedger.Hosting.Endpoints;

/// <summary>One route of the HTTP interface.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The path as ASP.NET writes it.</param>
/// <param name="NeedsKey">Whether a key is needed: a function key on Azure, the service's own in <c>serve</c>.</param>
public sealed record LedgerRoute(string Method, string Pattern, bool NeedsKey);
