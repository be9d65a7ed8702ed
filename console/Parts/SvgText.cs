using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Sluice.WebConsole.Parts;

/// <summary>A text in a picture. Written in code, because <c>text</c> is a word of Razor's own.</summary>
public sealed class SvgText : ComponentBase
{
    [Parameter, EditorRequired]
    public decimal X { get; set; }

    [Parameter, EditorRequired]
    public decimal Y { get; set; }

    /// <summary>Which part of the text is at X: <c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    [Parameter, EditorRequired]
    public string Anchor { get; set; } = "start";

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", "axis");
        builder.AddAttribute(2, "x", Math.Round(X, 2).ToString(CultureInfo.InvariantCulture));
        builder.AddAttribute(3, "y", Math.Round(Y, 2).ToString(CultureInfo.InvariantCulture));
        builder.AddAttribute(4, "text-anchor", Anchor);
        builder.AddContent(5, Text);
        builder.CloseElement();
    }
}
