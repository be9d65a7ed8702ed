using System.Globalization;
using System.Numerics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Metering.Metrics;
using Xunit;

namespace Sluice.Metering.Tests.Metrics;

public sealed class ScaledNumberTests
{
    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("-0.0e5", 0, 0)]
    [InlineData("418", 0, 418)]
    [InlineData("0.10", 1, 1)]
    [InlineData("1.25", 3, 1250)]
    [InlineData("1e3", 0, 1000)]
    [InlineData("1E+3", 2, 100_000)]
    [InlineData("25e-1", 1, 25)]
    [InlineData("1200e-2", 0, 12)]
    [InlineData("10.50e1", 0, 105)]
    [InlineData("0.000001", 6, 1)]
    [InlineData("0e999999999999999999999999", 0, 0)]
    [InlineData("1000000000000000", 0, ScaledNumber.MaxUnits)]
    [InlineData("1e9", 6, ScaledNumber.MaxUnits)]
    public void Parse_ReadsWhatJsonCanSpell_Exactly(string text, int decimals, long units)
    {
        Assert.Equal(NumberOutcome.Ok, Parse(text, decimals, out var parsed));
        Assert.Equal(units, parsed);
    }

    [Theory]
    [InlineData("-1", 0, NumberOutcome.Negative)]
    [InlineData("-0.0000001", 6, NumberOutcome.Negative)]
    [InlineData("0.5", 0, NumberOutcome.TooManyDecimals)]
    [InlineData("1.0001", 3, NumberOutcome.TooManyDecimals)]
    [InlineData("1e-400", 6, NumberOutcome.TooManyDecimals)]
    [InlineData("1e-999999999999999999999999", 6, NumberOutcome.TooManyDecimals)]
    [InlineData("1e999999999", 0, NumberOutcome.TooLarge)]
    [InlineData("1e999999999999999999999999", 0, NumberOutcome.TooLarge)]
    [InlineData("1000000000000001", 0, NumberOutcome.TooLarge)]
    [InlineData("9999999999999999999", 0, NumberOutcome.TooLarge)]
    [InlineData("99999999999999999999", 0, NumberOutcome.TooLarge)]
    [InlineData("18446744073709551617", 0, NumberOutcome.TooLarge)]
    [InlineData("1000000000.000001", 6, NumberOutcome.TooLarge)]
    public void Parse_RefusesWhatItCannotKeep_AndSaysWhy(string text, int decimals, NumberOutcome outcome)
    {
        Assert.Equal(outcome, Parse(text, decimals, out var parsed));
        Assert.Equal(0, parsed);
    }

    [Theory]
    [InlineData("1.2344", 3, 1234, 1235)]
    [InlineData("1.2345", 3, 1235, 1235)]
    [InlineData("1.2344999999999999999999999", 3, 1234, 1235)]
    [InlineData("1.234", 3, 1234, 1234)]
    [InlineData("0.5", 0, 1, 1)]
    [InlineData("0.4999", 0, 0, 1)]
    [InlineData("0.05", 0, 0, 1)]
    [InlineData("9.5", 0, 10, 10)]
    [InlineData("99.96", 1, 1000, 1000)]
    [InlineData("12345e-4", 0, 1, 2)]
    [InlineData("1e-999999999999999999999999", 6, 0, 1)]
    [InlineData("0.0", 0, 0, 0)]
    [InlineData("999999999999999.5", 0, ScaledNumber.MaxUnits, ScaledNumber.MaxUnits)]
    public void Parse_RoundsWhatAMetricDoesNotKeep_WhereItSaysSo(string text, int decimals, long nearest, long up)
    {
        Assert.Equal(NumberOutcome.Ok, Parse(text, decimals, Rounding.Nearest, out var units));
        Assert.Equal(nearest, units);
        Assert.Equal(NumberOutcome.Ok, Parse(text, decimals, Rounding.Up, out units));
        Assert.Equal(up, units);
    }

    [Theory]
    [InlineData("-0.5", NumberOutcome.Negative)]
    [InlineData("1000000000000000.4", NumberOutcome.TooLarge)]
    [InlineData("99999999999999999999.5", NumberOutcome.TooLarge)]
    [InlineData("0,5", NumberOutcome.NotANumber)]
    public void Parse_RoundsNothingElse(string text, NumberOutcome outcome)
    {
        Assert.Equal(outcome, Parse(text, 0, Rounding.Up, out var units));
        Assert.Equal(0, units);
    }

    [Fact]
    public void Parse_Rounds_AsDecimalArithmeticDoes()
    {
        var amounts = Gen.Choose(0, Metric.MaxDecimals).Zip(Gen.Choose(0, 1_000_000_000)).Zip(Gen.Choose(0, 9));
        Prop.ForAll(amounts.ToArbitrary(), static number =>
        {
            var ((decimals, digits), scale) = number;
            var value = new decimal(digits, 0, 0, false, (byte)scale);
            var text = value.ToString(CultureInfo.InvariantCulture);
            var exact = value * ScaledNumber.PowerOfTen(decimals);
            return Parse(text, decimals, Rounding.Nearest, out var nearest) == NumberOutcome.Ok
                && nearest == decimal.Round(exact, MidpointRounding.AwayFromZero)
                && Parse(text, decimals, Rounding.Up, out var up) == NumberOutcome.Ok
                && up == decimal.Ceiling(exact);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1.e3")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e5.0")]
    [InlineData("1 ")]
    [InlineData("1.2.3")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("\"1\"")]
    [InlineData("١")]
    public void Parse_RefusesWhatIsNoJsonNumber(string text) =>
        Assert.Equal(NumberOutcome.NotANumber, Parse(text, 6, out _));

    [Fact]
    public void Parse_BalancesAVeryLongFractionWithItsExponent()
    {
        var text = $"0.{new string('0', 1_000_000)}1{new string('0', 1_000)}e1000001";
        Assert.Equal(NumberOutcome.Ok, Parse(text, 0, out var units));
        Assert.Equal(1, units);
    }

    [Fact]
    public void Parse_AcceptsLimitsAboveWhatAnEventMayCarry()
    {
        Assert.Equal(NumberOutcome.Ok, ScaledNumber.Parse("1e18"u8, 0, ScaledNumber.MaxLimitUnits, out var units));
        Assert.Equal(ScaledNumber.MaxLimitUnits, units);
        Assert.Equal(NumberOutcome.TooLarge,
            ScaledNumber.Parse("1000000000000000001"u8, 0, ScaledNumber.MaxLimitUnits, out _));
    }

    [Theory]
    [InlineData(0, 6, "0")]
    [InlineData(100_000, 6, "0.1")]
    [InlineData(-100_000, 6, "-0.1")]
    [InlineData(-1_500_000, 6, "-1.5")]
    [InlineData(1_000_000, 6, "1")]
    [InlineData(1_050, 3, "1.05")]
    [InlineData(long.MaxValue, 6, "9223372036854.775807")]
    [InlineData(long.MinValue, 6, "-9223372036854.775808")]
    [InlineData(long.MinValue, 0, "-9223372036854775808")]
    public void Format_WritesTheShortestText(long units, int decimals, string text) =>
        Assert.Equal(text, ScaledNumber.Format(units, decimals));

    [Fact]
    public void Format_SaysThatTheSpaceIsTooShort_ForEveryLengthBelowItsOwn()
    {
        const string text = "-12.000345";
        for (var length = 0; length < text.Length; length++)
        {
            Assert.False(ScaledNumber.TryFormat(-12_000_345, 6, new byte[length], out var written));
            Assert.Equal(0, written);
        }

        Assert.True(ScaledNumber.TryFormat(-12_000_345, 6, new byte[text.Length], out _));
    }

    [Fact]
    public void Parse_UndoesFormat_ForEveryAmount()
    {
        var amounts = Gen.Choose(0, Metric.MaxDecimals).Zip(Amounts());
        Prop.ForAll(amounts.ToArbitrary(), static pair =>
        {
            var (decimals, units) = pair;
            var text = Encoding.ASCII.GetBytes(ScaledNumber.Format(units, decimals));
            return ScaledNumber.Parse(text, decimals, ScaledNumber.MaxLimitUnits, out var parsed) == NumberOutcome.Ok
                && parsed == units;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void ToDecimal_AndFromDecimal_AreInverse_AndReadLikeTheText()
    {
        var amounts = Gen.Choose(0, Metric.MaxDecimals).Zip(Amounts());
        Prop.ForAll(amounts.ToArbitrary(), static pair =>
        {
            var (decimals, units) = pair;
            var value = ScaledNumber.ToDecimal(units, decimals);
            return ScaledNumber.FromDecimal(value, decimals, ScaledNumber.MaxLimitUnits, out var back)
                    == NumberOutcome.Ok
                && back == units
                && value == decimal.Parse(ScaledNumber.Format(units, decimals), CultureInfo.InvariantCulture);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void FromDecimal_RefusesAsTheTextWould()
    {
        // 27 digits and an exponent of at most 9: a decimal holds each of these exactly.
        var tokens = Tokens(mostExponent: 9).ToArbitrary();
        Prop.ForAll(tokens, Gen.Choose(0, Metric.MaxDecimals).ToArbitrary(), static (text, decimals) =>
        {
            var value = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            var fromText = Parse(text, decimals, out var units);
            var fromDecimal = ScaledNumber.FromDecimal(value, decimals, ScaledNumber.MaxUnits, out var same);
            return fromText == fromDecimal && units == same;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    [Fact]
    public void Parse_AgreesWithExactArithmetic_ForEveryTokenOfTheGrammar()
    {
        var tokens = Tokens(mostExponent: 20).ToArbitrary();
        Prop.ForAll(tokens, Gen.Choose(0, Metric.MaxDecimals).ToArbitrary(), static (text, decimals) =>
        {
            var outcome = Parse(text, decimals, out var units);
            return (outcome, units) == Model(text, decimals);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    [Fact]
    public void Parse_NeverThrows_WhateverTheBytes()
    {
        var letters = Gen.Elements("0123456789+-.eE \"x\0"u8.ToArray());
        Prop.ForAll(letters.ArrayOf().ToArbitrary(), static bytes =>
        {
            var outcome = ScaledNumber.Parse(bytes, 3, Rounding.None, out var units);
            return outcome == NumberOutcome.Ok ? units is >= 0 and <= ScaledNumber.MaxUnits : units == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));
    }

    private static NumberOutcome Parse(string text, int decimals, out long units) =>
        Parse(text, decimals, Rounding.None, out units);

    private static NumberOutcome Parse(string text, int decimals, Rounding rounding, out long units) =>
        ScaledNumber.Parse(Encoding.UTF8.GetBytes(text), decimals, rounding, out units);

    /// <summary>Scaled amounts of every magnitude, up to the highest limit.</summary>
    private static Gen<long> Amounts() =>
        from magnitude in Gen.Choose(0, 18)
        from seed in Gen.Choose(0, 1_000_000_000)
        select (long)(BigInteger.Pow(10, magnitude) * seed / int.MaxValue);

    private static Gen<string> Tokens(int mostExponent) =>
        from sign in Gen.Elements("", "", "", "-")
        from whole in Digits(0, 18)
        from fraction in Gen.OneOf(Gen.Constant(""), Digits(1, 9).Select(static d => "." + d))
        from power in Gen.Choose(-mostExponent, mostExponent)
        from exponent in Gen.Elements("", $"e{power}")
        let trimmed = whole.TrimStart('0')
        select sign + (trimmed.Length == 0 ? "0" : trimmed) + fraction + exponent;

    private static Gen<string> Digits(int least, int most) =>
        from length in Gen.Choose(least, most)
        from digits in Gen.Elements("0000123456789".ToCharArray()).ArrayOf(length)
        select new string(digits);

    /// <summary>Reads a number with unbounded integers, following only the definition.</summary>
    private static (NumberOutcome Outcome, long Units) Model(string text, int decimals)
    {
        var parts = text.TrimStart('-').Split('e');
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var fractionDigits = point < 0 ? 0 : parts[0].Length - point - 1;
        var digits = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal));
        var power = (parts.Length > 1 ? int.Parse(parts[1]) : 0) - fractionDigits + decimals;

        if (digits.IsZero)
            return (NumberOutcome.Ok, 0);
        if (text[0] == '-')
            return (NumberOutcome.Negative, 0);
        var divisor = BigInteger.Pow(10, Math.Max(0, -power));
        if (digits % divisor != 0)
            return (NumberOutcome.TooManyDecimals, 0);
        var value = digits / divisor * BigInteger.Pow(10, Math.Max(0, power));
        return value > ScaledNumber.MaxUnits ? (NumberOutcome.TooLarge, 0) : (NumberOutcome.Ok, (long)value);
    }
}
