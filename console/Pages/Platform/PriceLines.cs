using System.Globalization;
using Sluice.Client.Models;
using Sluice.WebConsole.Texts;

namespace Sluice.WebConsole.Pages.Platform;

/// <summary>
/// Prices as lines of text, <c>model, metric, per, amount, credits</c>. Numbers are written as the API has them, with a
/// point: a comma is between the columns.
/// </summary>
internal static class PriceLines
{
    private const int Columns = 5;
    private const int ErrorsMax = 10;

    /// <param name="Number">The number of the line in the text, from 1.</param>
    /// <param name="Price">The price that it has.</param>
    public sealed record Line(int Number, PutPriceBookPrice Price);

    /// <summary>Writes each price as a line.</summary>
    public static string Write(IEnumerable<PriceBookResponsePrice> prices) =>
        string.Join('\n', prices.Select(static price => string.Join(
            ", ", price.Model, price.Metric, Text(price.Per), Text(price.Amount), Text(price.Credits))));

    /// <summary>Reads all lines that are not blank, and what is wrong with the others.</summary>
    public static IReadOnlyList<Line> Read(string? text, Language language, out IReadOnlyList<string> errors)
    {
        var lines = new List<Line>();
        var wrong = new List<string>();
        var number = 0;
        foreach (var row in (text ?? "").Split('\n'))
        {
            number++;
            if (string.IsNullOrWhiteSpace(row) || wrong.Count == ErrorsMax)
                continue;
            var (price, error) = Parse(row, language);
            if (price is null)
                wrong.Add(language["Line {0}: {1}", number, error]);
            else
                lines.Add(new Line(number, price));
        }

        errors = wrong;
        return lines;
    }

    private static (PutPriceBookPrice? Price, string? Error) Parse(string row, Language language)
    {
        var cells = row.Split(',');
        if (cells.Length < Columns)
            return (null, language["five columns are needed, with commas between them."]);
        // Names of models may have commas.
        var metric = cells.Length - Columns + 1;
        var model = string.Join(',', cells[..metric]).Trim();
        if (!TryNumber(cells[metric + 1], out var per) || per is null)
            return (null, language["“per” must be a number."]);
        if (!TryNumber(cells[metric + 2], out var amount))
            return (null, language["the amount must be a number."]);
        if (!TryNumber(cells[metric + 3], out var credits))
            return (null, language["the credits must be a number."]);
        if (amount is null && credits is null)
            return (null, language["an amount or credits are needed; 0 means free."]);
        var price = new PutPriceBookPrice
        {
            Model = model,
            Metric = cells[metric].Trim(),
            Per = per.Value,
            Amount = amount,
            Credits = credits,
        };
        return (price, null);
    }

    private static bool TryNumber(string text, out decimal? value)
    {
        value = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        if (!decimal.TryParse(
            text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var number))
            return false;
        value = number;
        return true;
    }

    private static string Text(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
