namespace TokenLedger.Testing.GitHub.Serving;

/// <summary>A part of the API.</summary>
internal interface IRoom
{
    /// <summary>The answer; null when the path belongs to another room.</summary>
    ApiAnswer? Answer(ApiCall call);
}
