using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TokenLedger.Application.Budgets;

/// <summary>Keys and hashes of the record tables of budgets.</summary>
internal static class BudgetKeys
{
    // In no budget's name.
    private const string WorkflowMark = "~";

    private const int DaysOfMonthMax = 31;
    private const string EndOfCalendar = "9999-13";

    // Of a key's 500 characters.
    private const int NameLengthMax = 200;
    private const char FieldEnd = '\u001f';

    public static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The month after a day's.</summary>
    public static string MonthAfter(DateOnly day) =>
        day.DayNumber > DateOnly.MaxValue.DayNumber - DaysOfMonthMax ? EndOfCalendar : Month(day.AddMonths(1));

    public static string OfBudgetDay(DateOnly day, string budgetKey) => $"{Day(day)}|{budgetKey}";

    public static string OfWorkflowMark(DateOnly day) => $"{Day(day)}|{WorkflowMark}";

    public static string OfStatus(string budgetKey, DateOnly from) => $"{budgetKey}|{Day(from)}";

    public static string OfPoints(DateOnly day, string accountKey) => $"{Day(day)}|{Short(accountKey)}";

    public static string OfWorkflow(string repository, string? workflow) =>
        $"{Short(repository)}|{Short(workflow ?? "")}";

    /// <summary>The text, or its start and its hash: names are hostile and may be of any length.</summary>
    public static string Short(string text) =>
        text.Length <= NameLengthMax ? text : $"{text[..(NameLengthMax / 2)]}~{Hash([text])}";

    /// <summary>The hash of fields in their order; null and an empty text are two things.</summary>
    public static string Hash(IEnumerable<object?> fields)
    {
        var text = new StringBuilder();
        foreach (var field in fields)
        {
            if (field is null)
                text.Append('\0');
            else
                text.Append(CultureInfo.InvariantCulture, $"{field}");
            text.Append(FieldEnd);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
