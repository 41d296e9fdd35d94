namespace TokenLedger.Providers.Http;

/// <summary>What is wrong with a body as a billing answer.</summary>
internal enum AnswerFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is no JSON.</summary>
    NoJson,

    /// <summary>It is JSON that ends early, or empty.</summary>
    CutOff,

    /// <summary>It is JSON without the list that holds the bill.</summary>
    NoBill,
}
