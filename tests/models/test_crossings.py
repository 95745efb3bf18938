"""What survives when a model with a license crosses from one library to another, made by the libraries themselves."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from licensecheck.domain.subject import Subject
from licensecheck.models.target import load_subject


def needs(*names: str) -> pytest.MarkDecorator:
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    return pytest.mark.skipif(bool(missing), reason=f"needs the libraries {', '.join(missing)}")


def through_gguf(folder: Path, front: str) -> Subject:
    """The card of a model put into a GGUF by gguf-py, read again without the card."""
    import gguf

    source = folder / "source"
    source.mkdir()
    (source / "README.md").write_text(f"---\n{front}---\n# Heron\n")
    (source / "config.json").write_text("{}")
    (folder / "made").mkdir()
    writer = gguf.GGUFWriter(str(folder / "made" / "m.gguf"), "llama")
    gguf.Metadata.load(None, source).set_gguf_meta_model(writer)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    return load_subject(str(folder / "made"))


@needs("gguf")
@pytest.mark.parametrize(
    ("front", "records"),
    [
        ("license: cc-by-nc-4.0\n", ("cc-by-nc-4.0",)),
        ("license: [apache-2.0, mit]\n", ("apache-2.0", "mit")),
        ("license: other\nlicense_name: cc-by-nc-4.0\n", ("cc-by-nc-4.0",)),
    ],
)
def test_card_through_gguf(tmp_path: Path, front: str, records: tuple[str, ...]) -> None:
    assert through_gguf(tmp_path, front).record_ids == records


@needs("gguf")
def test_base_through_gguf(tmp_path: Path) -> None:
    subject = through_gguf(tmp_path, "license: mit\nbase_model: google/gemma-2-9b-it\n")
    assert [ancestor.model for ancestor in subject.lineage] == ["google/gemma-2-9b-it"]


@needs("gguf")
def test_unknown_name_through_gguf_is_not_lost(tmp_path: Path) -> None:
    subject = through_gguf(tmp_path, "license: other\nlicense_name: heron-license\nlicense_link: LICENSE\n")
    assert "heron-license" in subject.declared


@needs("spacy")
def test_pipeline_of_spacy(tmp_path: Path) -> None:
    import spacy

    nlp = spacy.blank("fr")
    nlp.meta["license"] = "CC BY-NC-SA 3.0"
    nlp.to_disk(tmp_path / "heron")
    assert load_subject(str(tmp_path / "heron")).record_ids == ("cc-by-nc-sa-3.0",)


@needs("safetensors", "numpy")
def test_safetensors(tmp_path: Path) -> None:
    import numpy
    from safetensors.numpy import save_file

    save_file({"w": numpy.zeros(1)}, str(tmp_path / "m.safetensors"), metadata={"license": "cc-by-nc-4.0"})
    assert load_subject(str(tmp_path)).record_ids == ("cc-by-nc-4.0",)


@needs("mlflow")
def test_metadata_of_an_mlflow_model(tmp_path: Path) -> None:
    from mlflow.models import Model

    Model(metadata={"license": "cc-by-nc-4.0"}).save(str(tmp_path / "MLmodel"))
    assert load_subject(str(tmp_path)).record_ids == ("cc-by-nc-4.0",)


@needs("onnx", "openvino")
def test_onnx_through_openvino(tmp_path: Path) -> None:
    import onnx
    import openvino

    value = onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1])
    made = onnx.helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [1])
    graph = onnx.helper.make_graph([onnx.helper.make_node("Relu", ["x"], ["y"])], "g", [value], [made])
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)])
    onnx.helper.set_model_props(model, {"model_license": "cc-by-nc-4.0"})
    onnx.save(model, str(tmp_path / "m.onnx"))
    (tmp_path / "made").mkdir()
    openvino.save_model(openvino.Core().read_model(str(tmp_path / "m.onnx")), str(tmp_path / "made" / "m.xml"))
    assert load_subject(str(tmp_path / "made")).record_ids == ("cc-by-nc-4.0",)


@needs("cffconvert")
def test_citation_through_cffconvert(tmp_path: Path) -> None:
    from cffconvert.citation import Citation

    fields = "cff-version: 1.2.0\nmessage: m\ntitle: t\nauthors:\n- family-names: Doe\nlicense: CC-BY-NC-4.0\n"
    (tmp_path / "codemeta.json").write_text(Citation(fields).as_codemeta())
    assert load_subject(str(tmp_path)).record_ids == ("cc-by-nc-4.0",)


@needs("ollama")
def test_modelfile_through_the_client_of_ollama(tmp_path: Path) -> None:
    """What a server shows of a model with two licenses, parsed by the client and kept as a Modelfile."""
    import ollama

    text = "You may not sell the model.\nKeep this notice.\n"
    shown = {
        "modelfile": f'FROM heron\nLICENSE """{text}"""\nLICENSE """cc-by-nc-4.0"""\n',
        "license": f"{text}\ncc-by-nc-4.0",
        "details": {"parent_model": "google/gemma-2-9b-it"},
        "model_info": {"general.license": "cc-by-nc-4.0"},
    }
    answer = ollama.ShowResponse(**shown)
    assert isinstance(answer.license, str)  # two blocks, one string: where one ends is lost, unlike in the Modelfile
    (tmp_path / "Modelfile").write_text(answer.modelfile or "")
    subject = load_subject(str(tmp_path))
    assert "cc-by-nc-4.0" in subject.record_ids
    assert any("may not sell" in document.text for document in subject.documents)


@needs("keras")
def test_keras_file_says_nothing_of_a_license(tmp_path: Path) -> None:
    """A .keras file has no key for a license, and what was set on the model is not written: nothing follows."""
    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    model.license = "cc-by-nc-4.0"
    model.save(tmp_path / "m.keras")
    alone = load_subject(str(tmp_path / "m.keras"))
    assert (alone.declared, alone.record_ids) == ((), ())
    assert any("header is not read" in note for note in alone.notes)
    (tmp_path / "README.md").write_text("---\nlicense: cc-by-nc-4.0\n---\n# Heron\n")
    assert load_subject(str(tmp_path)).record_ids == ("cc-by-nc-4.0",)


CARD = "---\nlicense: cc-by-nc-4.0\n---\n# Heron\n"
SMALL = {"vocab_size": 16, "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}


@needs("timm", "torch")
def test_export_of_timm_keeps_the_license_of_the_checkpoint_beside_a_card_of_its_own(tmp_path: Path) -> None:
    import timm
    from timm.models import _hub, save_for_hf

    model = timm.create_model("test_vit", pretrained=False)
    model.pretrained_cfg["license"] = "cc-by-nc-4.0"
    save_for_hf(model, str(tmp_path))
    assert load_subject(str(tmp_path)).record_ids == ("cc-by-nc-4.0",)
    (tmp_path / "README.md").write_text(_hub.generate_readme({}, "zorp/heron"))
    assert set(load_subject(str(tmp_path)).record_ids) == {"cc-by-nc-4.0", "apache-2.0"}


@needs("peft", "transformers", "torch")
def test_adapter_of_peft_names_its_base_and_what_is_merged_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from peft import LoraConfig, get_peft_model
    from transformers import LlamaConfig, LlamaForCausalLM

    monkeypatch.chdir(tmp_path)
    model = LlamaForCausalLM(LlamaConfig(num_key_value_heads=2, **SMALL))
    model.name_or_path = "google/gemma-2-9b-it"
    tuned = get_peft_model(model, LoraConfig(r=2, target_modules=["q_proj"], task_type="CAUSAL_LM"))
    tuned.save_pretrained("adapter")
    adapter = load_subject("adapter")
    assert adapter.declared == ()
    assert [ancestor.model for ancestor in adapter.lineage] == ["google/gemma-2-9b-it"]
    tuned.merge_and_unload().save_pretrained("merged")
    merged = load_subject("merged")
    assert (merged.declared, merged.record_ids, merged.lineage) == ((), (), ())


@needs("sentence_transformers", "transformers", "torch")
def test_card_through_sentence_transformers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence encoder saved again keeps its card; one made of a plain model, and a cross-encoder, get a new one."""
    from sentence_transformers import CrossEncoder, SentenceTransformer
    from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizerFast

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    Path("vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "one"]))
    for folder, model in (("base", BertModel), ("cross", BertForSequenceClassification)):
        BertTokenizerFast(vocab_file="vocab.txt").save_pretrained(folder)
        model(BertConfig(**SMALL, num_labels=1)).save_pretrained(folder)
        Path(folder, "README.md").write_text(CARD)
    SentenceTransformer("base").save_pretrained("made")
    assert load_subject("made").record_ids == ()
    Path("made", "README.md").write_text(CARD)
    SentenceTransformer("made").save_pretrained("copy")
    assert load_subject("copy").record_ids == ("cc-by-nc-4.0",)
    CrossEncoder("cross").save_pretrained("cross-copy")
    assert load_subject("cross-copy").record_ids == ()


@needs("diffusers", "torch")
def test_pipeline_of_diffusers_leaves_its_card_and_names_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from diffusers import DDPMPipeline, DDPMScheduler, DiffusionPipeline, UNet2DModel

    monkeypatch.chdir(tmp_path)
    blocks = {"down_block_types": ("DownBlock2D",) * 2, "up_block_types": ("UpBlock2D",) * 2}
    unet = UNet2DModel(
        sample_size=8, in_channels=1, out_channels=1, block_out_channels=(4, 4), norm_num_groups=2, **blocks
    )
    DDPMPipeline(unet, DDPMScheduler()).save_pretrained("zorp/heron")
    Path("zorp/heron", "README.md").write_text(CARD)
    DiffusionPipeline.from_pretrained("zorp/heron").save_pretrained("again")
    assert not Path("again", "README.md").exists()
    again = load_subject("again")
    assert again.declared == ()
    assert [ancestor.model for ancestor in again.lineage] == ["zorp/heron"]


@needs("ultralytics", "torch")
def test_checkpoint_of_ultralytics_bears_the_license_of_the_program(tmp_path: Path) -> None:
    from ultralytics import YOLO

    YOLO("yolo11n.yaml").save(tmp_path / "m.pt")
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n# Heron\n")
    subject = load_subject(str(tmp_path))
    assert any("AGPL-3.0" in name for name in subject.declared)
