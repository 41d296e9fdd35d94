using TokenLedger.Domain.Charges;

namespace TokenLedger.Testing.Worlds.Simulation;

/// <summary>What was asked and shown, as the world remembers it and not the product.</summary>
public sealed class WorldJournal(WorldCoverage coverage)
{
    private readonly Dictionary<(string AccountKey, DateOnly Day), List<WorldQuestion>> questions = [];
    private readonly Dictionary<(string AccountKey, DateOnly Day), Dictionary<BillView, List<WorldLook>>> looks = [];

    /// <summary>The questions about a day, in order of time.</summary>
    public IReadOnlyList<WorldQuestion> QuestionsOn(BillingAccount account, DateOnly day) =>
        questions.GetValueOrDefault((account.Key, day)) ?? [];

    /// <summary>The looks at a day in one view, in order of time.</summary>
    public IReadOnlyList<WorldLook> LooksAt(BillingAccount account, DateOnly day, BillView view) =>
        looks.GetValueOrDefault((account.Key, day))?.GetValueOrDefault(view) ?? [];

    /// <summary>The looks at a day, view by view, each in order of time.</summary>
    public IEnumerable<IReadOnlyList<WorldLook>> LooksAt(BillingAccount account, DateOnly day) =>
        looks.GetValueOrDefault((account.Key, day))?.Values ?? Enumerable.Empty<IReadOnlyList<WorldLook>>();

    /// <summary>Notes a question.</summary>
    public void Add(WorldQuestion question)
    {
        var key = (question.Account.Key, question.Day);
        if (!questions.TryGetValue(key, out var known))
            questions[key] = known = [];
        known.Add(question);
        if (question.Fault is { } fault)
            coverage.Saw("fault " + fault);
    }

    /// <summary>Notes a look.</summary>
    public void Add(WorldLook look)
    {
        var key = (look.Account.Key, look.Day);
        if (!looks.TryGetValue(key, out var views))
            looks[key] = views = [];
        if (!views.TryGetValue(look.View, out var known))
            views[look.View] = known = [];
        if (known.Count > 0 && known[^1] is { } last && last.Figures != look.Figures)
            coverage.Saw(last.IsEmpty ? "day that was empty at first" : "look that changed a day");
        known.Add(look);
    }
}
