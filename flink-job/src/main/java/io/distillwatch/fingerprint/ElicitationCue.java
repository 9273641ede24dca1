package io.distillwatch.fingerprint;

import java.util.List;

/**
 * Kinds of request that distillation reports name: what a harvester asks for is not only an answer
 * but what a student model learns from. Each is spotted by phrases; one phrase is enough.
 *
 * <p>Ordinary people use these phrases too. A cue says nothing about an account; its share in a
 * group, against its share in ordinary traffic, is one piece of evidence among several.
 *
 * <p>Source: the providers' public statements of February to June 2026 (chain-of-thought
 * elicitation, rubric grading, task synthesis, trace reconstruction), and the published wrappers of
 * Self-Instruct (arXiv 2212.10560), Alpaca and Evol-Instruct (arXiv 2304.12244).
 */
public enum ElicitationCue {
    /** The reasoning is wanted, not only its result. */
    REASONING(
            1,
            List.of(
                    "step by step",
                    "step-by-step",
                    "chain of thought",
                    "show your work",
                    "show your working",
                    "show all work",
                    "show your reasoning",
                    "explain your reasoning",
                    "your reasoning",
                    "reasoning process",
                    "reasoning trace",
                    "reasoning steps",
                    "detailed reasoning",
                    "think aloud",
                    "think through",
                    "think carefully",
                    "reason carefully",
                    "reason through",
                    "every step",
                    "each step",
                    "all steps",
                    "intermediate steps",
                    "thought process",
                    "before answering",
                    "before you answer",
                    "before giving",
                    "before the answer",
                    "final answer",
                    "rationale",
                    "scratchpad",
                    "schritt für schritt",
                    "paso a paso",
                    "étape par étape",
                    "passo a passo",
                    "passo dopo passo",
                    "stap voor stap",
                    "krok po kroku",
                    "adım adım",
                    "шаг за шагом",
                    "пошагово",
                    "逐步",
                    "一步一步",
                    "分步",
                    "思维链",
                    "推理过程",
                    "思考过程",
                    "ステップバイステップ",
                    "順を追って",
                    "단계별로")),
    /** The model as a reward model. */
    GRADING(
            2,
            List.of(
                    "rubric",
                    "rate the following",
                    "rate the response",
                    "rate the answer",
                    "rate each",
                    "grade the following",
                    "grade the answer",
                    "grade the response",
                    "grade each",
                    "grade this",
                    "score the following",
                    "score the response",
                    "score the answer",
                    "score each",
                    "assign a score",
                    "assign a grade",
                    "give a score",
                    "numeric score",
                    "scale of 1",
                    "scale from 1",
                    "from 1 to",
                    "between 1 and",
                    "from 0 to",
                    "which response is better",
                    "which answer is better",
                    "better response",
                    "preferred response",
                    "candidate answer",
                    "candidate response",
                    "evaluate the response",
                    "evaluate the answer",
                    "evaluate the quality",
                    "reward model",
                    "critique",
                    "impartial judge",
                    "act as a judge",
                    "评分",
                    "打分",
                    "採点")),
    /** New tasks, prompts or data sets are wanted. */
    SYNTHESIS(
            4,
            List.of(
                    "task instructions",
                    "diverse task",
                    "diverse set",
                    "set of tasks",
                    "new task",
                    "new instruction",
                    "new prompt",
                    "brand new prompt",
                    "instruction following",
                    "instruction-following",
                    "prompt rewriter",
                    "prompt creator",
                    "rewrite the prompt",
                    "rewrite the given prompt",
                    "given prompt",
                    "created prompt",
                    "training data",
                    "training example",
                    "training examples",
                    "training set",
                    "synthetic",
                    "dataset",
                    "data set",
                    "question and answer pairs",
                    "question answer pairs",
                    "input output pairs",
                    "harder version",
                    "more complex version",
                    "more challenging",
                    "come up with a set",
                    "generate a set",
                    "seed task",
                    "class label",
                    "classification task",
                    "训练数据",
                    "数据集",
                    "データセット")),
    /** Traces, tool calls and hidden text are wanted. */
    TRACE(
            8,
            List.of(
                    "reconstruct",
                    "trajectory",
                    "tool call",
                    "tool calls",
                    "tool invocation",
                    "tool invocations",
                    "sequence of actions",
                    "observations",
                    "function call",
                    "function calls",
                    "api call",
                    "tool use",
                    "tool usage",
                    "hidden reasoning",
                    "internal reasoning",
                    "internal monologue",
                    "thinking tokens",
                    "verbatim",
                    "thinking trace",
                    "execution trace",
                    "action sequence")),
    /** An answer is wanted that leaves nothing out. */
    DEPTH(
            16,
            List.of(
                    "in detail",
                    "in full detail",
                    "in depth",
                    "in-depth",
                    "detailed answer",
                    "detailed explanation",
                    "detailed solution",
                    "detailed response",
                    "every detail",
                    "thorough",
                    "thoroughly",
                    "comprehensive",
                    "comprehensively",
                    "exhaustive",
                    "exhaustively",
                    "as complete as possible",
                    "complete answer",
                    "complete solution",
                    "full solution",
                    "full answer",
                    "worked example",
                    "worked examples",
                    "edge cases",
                    "justify",
                    "justification",
                    "explain why",
                    "do not skip",
                    "without skipping",
                    "leave nothing out",
                    "domain expert",
                    "as an expert",
                    "expert in the field",
                    "ausführlich",
                    "im detail",
                    "en détail",
                    "en detalle",
                    "detalladamente",
                    "in dettaglio",
                    "em detalhes",
                    "подробно",
                    "详细",
                    "詳しく",
                    "자세히"));

    private final int bit;
    private final List<String> phrases;

    ElicitationCue(int bit, List<String> phrases) {
        this.bit = bit;
        this.phrases = phrases;
    }

    /** Phrases, any of which sets the bit; matched on whole tokens, case and punctuation folded. */
    public List<String> phrases() {
        return phrases;
    }

    /** The bit of this cue in a bit set. */
    public int bit() {
        return bit;
    }
}
