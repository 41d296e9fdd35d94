namespace TokenLedger.Application.Diagnosis;

/// <summary>One part of the diagnosis.</summary>
public interface ICheck
{
    /// <summary>Its name for people; results are grouped by it.</summary>
    string Name { get; }

    /// <summary>Looks, and changes nothing that stays.</summary>
    Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellation);
}
