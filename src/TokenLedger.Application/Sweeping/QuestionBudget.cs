namespace TokenLedger.Application.Sweeping;

/// <summary>How many questions may be asked. What was begun is ended, so a few more may be counted.</summary>
/// <param name="most">The bound.</param>
internal sealed class QuestionBudget(int most)
{
    /// <summary>Questions so far.</summary>
    public int Asked { get; private set; }

    /// <summary>Questions left; not below 0.</summary>
    public int Left => Math.Max(0, most - Asked);

    /// <summary>Whether nothing more may be begun.</summary>
    public bool IsSpent => Left == 0;

    /// <summary>Counts questions.</summary>
    public void Count(int questions = 1) => Asked = checked(Asked + questions);
}
