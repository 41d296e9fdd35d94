using TokenLedger.Domain.Charges;

namespace TokenLedger.Testing.Worlds.Simulation;

/// <summary>What was asked and shown, as the world remembers it and not the product.</summary>
public sealed class WorldJournal(WorldCoverage coverage)
{
    private readonly Dictionary<(BillingAccount, DateOnly), List<WorldQuestion>> questions = [];
    private readonly Dictionary<(BillingAccount, DateOnly, BillView), List<WorldLook>> looks = [];

    /// <summary>The accounts asked about.</summary>
    public IEnumerable<BillingAccount> Accounts => questions.Keys.Select(key => key.Item1).Distinct();

    /// <summary>The questions about a day, in order of time.</summary>
    public IReadOnlyList<WorldQuestion> QuestionsOn(BillingAccount account, DateOnly day) =>
        questions.GetValueOrDefault((account, day)) ?? [];

    /// <summary>The looks at a day in one view, in order of time.</summary>
    public IReadOnlyList<WorldLook> LooksAt(BillingAccount account, DateOnly day, BillView view) =>
        looks.GetValueOrDefault((account, day, view)) ?? [];

    /// <summary>The looks at a day, view by view, each in order of time.</summary>
    public IEnumerable<IReadOnlyList<WorldLook>> LooksAt(BillingAccount account, DateOnly day) => looks
        .Where(pair => pair.Key.Item1 == account && pair.Key.Item2 == day)
        .Select(pair => pair.Value);

    /// <summary>Notes a question.</summary>
    public void Add(WorldQuestion question)
    {
        if (!questions.TryGetValue((question.Account, question.Day), out var known))
            questions[(question.Account, question.Day)] = known = [];
        known.Add(question);
        if (question.Fault is { } fault)
            coverage.Saw("fault " + fault);
    }

    /// <summary>Notes a look.</summary>
    public void Add(WorldLook look)
    {
        if (!looks.TryGetValue((look.Account, look.Day, look.View), out var known))
            looks[(look.Account, look.Day, look.View)] = known = [];
        if (known.Count > 0 && known[^1] is { } last && last.Figures != look.Figures)
            coverage.Saw(last.IsEmpty ? "day that was empty at first" : "look that changed a day");
        known.Add(look);
    }
}
