using TokenLedger.Application.Configuration;

namespace TokenLedger.Providers.Http;

/// <summary>In what a provider's cost report differs from another's on the wire and in messages.</summary>
internal interface ICostReportProvider
{
    /// <summary>The name for people.</summary>
    string Name { get; }

    /// <summary>Where the provider says how it is.</summary>
    string StatusPage { get; }

    /// <summary>What a refused key lacks, and who makes the right one; never the key.</summary>
    string RightKey(Secret key);

    /// <summary>Adds the key, and what the API wants beside it.</summary>
    void Sign(HttpRequestMessage request, Secret key);
}
