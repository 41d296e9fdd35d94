namespace TokenLedger.Ingestion.Webhooks;

/// <summary>What a webhook's signature proves.</summary>
public enum SignatureVerdict
{
    /// <summary>Whoever signed knows a secret, and the body is what was signed.</summary>
    Valid,

    /// <summary>There is no signature.</summary>
    Missing,

    /// <summary>The header is not <c>sha256=</c> and 64 hexadecimal digits.</summary>
    Malformed,

    /// <summary>The signature is of another body or was made with another secret.</summary>
    Wrong,
}
